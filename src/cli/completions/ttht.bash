# Completion of ttht for bash. To turn it on, add to ~/.bashrc: source <(ttht completions bash)
_ttht() {
    local typed=${COMP_LINE:0:COMP_POINT} flags line word about settled= width=0
    local -a answer endings
    mapfile -t answer < <(TTHT_TYPED=$typed command ttht completions bash 2>/dev/null)
    flags=" ${answer[0]-} "
    answer=("${answer[@]:1}")
    COMPREPLY=()
    # Where = and : end words, what stands before them in the same word is settled.
    local last=${typed##*[[:space:]]} breaks=${COMP_WORDBREAKS//[^=:]/}
    if [[ $flags != *" quoted "* && $breaks && $last == *["$breaks"]* ]]; then
        settled=${last%"${last##*["$breaks"]}"}
    fi
    case $flags in
    *" folders "*)
        compopt -o dirnames
        return
        ;;
    *" files "*)
        endings=("${answer[@]}")
        last=${COMP_WORDS[COMP_CWORD]}
        [[ $last == [=:] ]] && last=
        if [[ ${endings[0]-} && $last != [\"\']* ]]; then
            compopt -o filenames
            last=${last//\\/}
            mapfile -t COMPREPLY < <(compgen -d -- "$last"; for line in "${endings[@]}"; do compgen -f -X "!*.$line" -- "$last"; done)
        fi
        # Any other file, if there is none of these.
        ((${#COMPREPLY[@]})) || compopt -o default
        return
        ;;
    *" open "*) compopt -o nospace ;;
    esac
    for line in "${answer[@]}"; do
        word=${line%%$'\t'*}
        ((${#word} > width)) && width=${#word}
    done
    for line in "${answer[@]}"; do
        word=${line%%$'\t'*} about=${line#*$'\t'}
        word=${word#"$settled"}
        # Of several, a list shows what they are; in a menu (37, 42) it would be typed.
        if [[ ${#answer[@]} -gt 1 && $about && $COMP_TYPE != 37 && $COMP_TYPE != 42 ]]; then
            printf -v word '%-*s  (%s)' "$((width - ${#settled}))" "$word" "$about"
        fi
        COMPREPLY+=("$word")
    done
    # What is found elsewhere than at the beginning is listed, and not typed as far as it is common.
    [[ $flags == *" elsewhere "* && ${#COMPREPLY[@]} -gt 1 ]] && COMPREPLY+=(" ")
}
complete -o nosort -F _ttht ttht 2>/dev/null || complete -F _ttht ttht
