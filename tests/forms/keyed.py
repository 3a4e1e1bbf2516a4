"""Where the cells of a form are, by the keys in its hidden column: a reader of its own, to hold the program against."""

KEYS, ADDS, NOTE, ANCHOR = "#keys", "@", "#", "ttht-form;"


def keyed(grid):
    """The cells of a sheet that may be filled in, as {key: (row, column)}, both from 0. A sheet is a list of rows."""
    cells, key_column, adds = {}, None, {}
    for at, row in enumerate(grid):
        words = ["" if word is None else str(word).strip() for word in row]
        anchors = [column for column, word in enumerate(words) if word.startswith(ANCHOR)]
        if anchors:
            key_column, adds = anchors[0], {}
        elif key_column is None or not words[key_column]:
            continue
        elif words[key_column] == KEYS:
            adds = {column: word[1:] for column, word in enumerate(words) if word.startswith(ADDS)}
        elif not words[key_column].startswith(NOTE):
            for column, suffix in adds.items():
                key = ".".join(filter(None, [words[key_column], suffix]))
                cells.setdefault(key, (at, column))
    return cells


def address(row, column):
    """The name of a cell, as a spreadsheet shows it."""
    letters, column = "", column
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return f"{letters}{row + 1}"
