# Completion of ttht for fish. To turn it on: ttht completions fish > ~/.config/fish/completions/ttht.fish
function __ttht_answer
    set -l last (commandline -ct)
    if string match -qr '^[\'"]' -- $last
        set last (string sub -s 2 -- $last)
    else
        set last (string unescape -- $last)
    end
    set -lx TTHT_TYPED (string join \n -- (commandline -opc) "$last" | string collect --no-trim-newlines)
    command ttht completions fish 2>/dev/null
end

function __ttht_offers
    set -l answer (__ttht_answer)
    set -l flags (string split ' ' -- $answer[1])
    set -e answer[1]
    if contains folders $flags
        __fish_complete_directories (commandline -ct) ''
    else if contains files $flags
        set -l files (__fish_complete_path (commandline -ct))
        if test -n "$answer[1]"
            string match -rie -- '(?:/|\.(?:'(string join '|' -- $answer)'))(?:\t.*)?$' $files
        else
            string join \n -- $files
        end
    else
        string join \n -- $answer
    end
end

# fish shows only what has the letters that are typed. What is found by a name takes their place before it looks.
function __ttht_tab
    set -l before (commandline -opc)
    if test "$before[1]" = ttht
        set -l answer (__ttht_answer)
        set -l flags (string split ' ' -- $answer[1])
        if contains retype $flags
            set -l words (string replace -r '\t.*' '' -- $answer[2..-1])
            set -l common $words[1]
            for word in $words
                while not string match -q -- "$common*" $word
                    set common (string sub -e -1 -- $common)
                end
            end
            if test (count $words) -eq 1; and not contains open $flags
                commandline -rt -- "$common "
                return
            end
            commandline -rt -- $common
            test (count $words) -eq 1; and return
        end
    end
    commandline -f complete
end

complete -c ttht -f -a '(__ttht_offers)'
if bind \t 2>/dev/null | string match -q -- '*preset* complete'
    bind \t __ttht_tab
end
