/* git.exe for tests under wine: has the git of the system do the work, as if it were a program of Windows. Wine can start such a
   program, but neither waits for it nor hands it pipes, so that all goes through files in a folder of its own. Hooks are run, whether
   or not they are marked as programs, and places are told as those of Windows, as git for Windows does. */
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>

static char *(CDECL *unix_name)(const WCHAR *);

/* A text in quotes for a shell; places of Windows as those of the system, also behind `NAME=` and `--option=`. */
static void quoted(FILE *to, const WCHAR *text) {
    const WCHAR *at = text, *equals = wcschr(text, '=');
    char bytes[65536];
    for (int tries = 0; tries < 2; tries++, at = equals ? equals + 1 : at) {
        if (at[0] < 128 && isalpha(at[0]) && at[1] == ':' && (at[2] == '\\' || at[2] == '/')) {
            WCHAR before[4096] = {0};
            wcsncpy(before, text, at - text);
            WideCharToMultiByte(CP_UTF8, 0, before, -1, bytes, sizeof bytes, NULL, NULL);
            strcat(bytes, unix_name(at));
            break;
        }
        WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    }
    /* The program that merges is the one in PATH: a shell of the system can run no other. */
    char *driver = strstr(bytes, "driver='"), *end = driver ? strchr(driver + 8, '\'') : NULL;
    if (end) memcpy(driver + 7, "ttht", 4), memmove(driver + 11, end + 1, strlen(end));
    fputc('\'', to);
    for (char *byte = bytes; *byte; byte++) *byte == '\'' ? fputs("'\\''", to) : fputc(*byte, to);
    fputs("' ", to);
}

static void copy(HANDLE from, HANDLE to) {
    char bytes[65536];
    DWORD length, written;
    while (ReadFile(from, bytes, sizeof bytes, &length, NULL) && length) WriteFile(to, bytes, length, &written, NULL);
}

static HANDLE opened(const WCHAR *folder, const WCHAR *name, DWORD access, DWORD how) {
    WCHAR path[MAX_PATH];
    swprintf(path, MAX_PATH, L"%ls\\%ls", folder, name);
    return CreateFileW(path, access, 7, NULL, how, 0, NULL);
}

int main(void) {
    int count, exit = 127;
    WCHAR **words = CommandLineToArgvW(GetCommandLineW(), &count), folder[MAX_PATH], path[MAX_PATH], here[MAX_PATH];
    unix_name = (void *)GetProcAddress(GetModuleHandleA("kernel32"), "wine_get_unix_file_name");
    GetTempPathW(MAX_PATH, folder);
    GetTempFileNameW(folder, L"git", 0, folder);
    DeleteFileW(folder);
    CreateDirectoryW(folder, NULL);

    HANDLE in = opened(folder, L"in", GENERIC_WRITE, CREATE_ALWAYS), own = GetStdHandle(STD_INPUT_HANDLE);
    if (GetFileType(own) == FILE_TYPE_PIPE || GetFileType(own) == FILE_TYPE_DISK) copy(own, in);
    CloseHandle(in);

    swprintf(path, MAX_PATH, L"%ls\\run", folder);
    FILE *run = _wfopen(path, L"wb");
    GetCurrentDirectoryW(MAX_PATH, here);
    fprintf(run, "cd "), quoted(run, here), fprintf(run, "\n");
    for (WCHAR *all = GetEnvironmentStringsW(), *one = all; *one; one += wcslen(one) + 1)
        if (!wcsncmp(one, L"GIT_", 4) || !wcsncmp(one, L"TTHT_LANG", 9) || !wcsncmp(one, L"LC_", 3))
            fprintf(run, "export "), quoted(run, one), fprintf(run, "\n");
    GetModuleFileNameW(NULL, path, MAX_PATH);
    fprintf(run, "own="), quoted(run, path), fprintf(run, "\nPATH=${own%%/*}:$PATH\nchmod -f +x \"$(git rev-parse --git-path hooks 2>/dev/null)\"/* \"$(git config remote.origin.url)\"/hooks/*\nfiles="), quoted(run, folder), fprintf(run, "\nset -- ");
    for (int at = 1; at < count; at++) quoted(run, words[at]);
    fprintf(run, "\ngit \"$@\" <$files/in >$files/out 2>$files/err\ncode=$?\ncase \" $* \" in *' rev-parse '* | *' remote '*) sed -i 's|^/|Z:/|' $files/out ;; esac\necho $code >$files/code-\nmv $files/code- $files/code\n");
    fclose(run);

    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    WCHAR line[1024];
    swprintf(path, MAX_PATH, L"%ls\\run", folder);
    swprintf(line, 1024, L"sh %hs", unix_name(path));
    if (!CreateProcessW(L"Z:\\bin\\sh", line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process)) return exit;
    HANDLE code;
    while ((code = opened(folder, L"code", GENERIC_READ, OPEN_EXISTING)) == INVALID_HANDLE_VALUE) Sleep(3);
    char digits[16] = {0};
    DWORD length;
    ReadFile(code, digits, 15, &length, NULL);
    CloseHandle(code);
    const WCHAR *names[] = {L"in", L"out", L"err", L"run", L"code"};
    for (int at = 0; at < 5; at++) {
        HANDLE file = opened(folder, names[at], GENERIC_READ, OPEN_EXISTING);
        if (at == 1 || at == 2) copy(file, GetStdHandle(at == 1 ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE));
        CloseHandle(file);
        swprintf(path, MAX_PATH, L"%ls\\%ls", folder, names[at]);
        DeleteFileW(path);
    }
    RemoveDirectoryW(folder);
    return atoi(digits);
}
