#compdef ttht
# Completion of ttht for zsh. To turn it on, add to ~/.zshrc: source <(ttht completions zsh)
_ttht() {
    local typed="${(F)${(@Q)words[1,CURRENT-1]}}"$'\n'"${(Q)PREFIX}"$'\n'
    local flags line word width=0
    local -a answer offers shown end
    answer=("${(@f)$(TTHT_TYPED=$typed command ttht completions zsh 2>/dev/null)}")
    flags=" $answer[1] "
    shift answer
    case $flags in
    *" folders "*)
        compset -P '--[a-z-]#='
        _files -/
        return
        ;;
    *" files "*)
        compset -P '--[a-z-]#='
        if [[ -n $answer[1] ]]; then _files -g "*.(#i)(${(j:|:)answer})"; else _files; fi
        return
        ;;
    *" open "*) end=(-S '') ;;
    esac
    for line in $answer; do
        word=${line%%$'\t'*}
        ((${#word} > width)) && width=${#word}
    done
    for line in $answer; do
        word=${line%%$'\t'*}
        offers+=($word)
        shown+=("${(r:width:)word}  ${line#*$'\t'}")
    done
    ((${#offers})) || return 1
    # What is found elsewhere than at the beginning has nothing in common to be typed: it is gone through.
    [[ $flags == *" elsewhere "* && ${#offers} -gt 1 ]] && compstate[insert]=menu
    compadd -U -l -V ttht -d shown "${end[@]}" -a offers
}
if [[ $funcstack[1] == _ttht ]]; then
    _ttht "$@"
else
    (($+functions[compdef])) || { autoload -Uz compinit && compinit }
    compdef _ttht ttht
fi
