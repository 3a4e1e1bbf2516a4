# Completion of ttht for PowerShell. To turn it on, add this script to the file $PROFILE: ttht completions powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName ttht, ttht.exe -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # The words up to the cursor, each without its quotes. Nothing of them is run.
    $words = @()
    $isAtEnd = $true
    foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.StartOffset -ge $cursorPosition) { break }
        $isText = $element -is [System.Management.Automation.Language.StringConstantExpressionAst] -or
            $element -is [System.Management.Automation.Language.ExpandableStringExpressionAst]
        if ($isText) { $words += $element.Value } else { $words += $element.Extent.Text }
        $isAtEnd = $element.Extent.EndOffset -ge $cursorPosition
    }
    if (-not $isAtEnd) { $words += '' }
    $encoding = [Console]::OutputEncoding
    $before = $env:TTHT_TYPED
    try {
        [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
        $env:TTHT_TYPED = ($words -join "`n") + "`n"
        $answer = @(& ttht completions powershell 2>$null)
    } catch {
        $answer = @()
    } finally {
        $env:TTHT_TYPED = $before
        [Console]::OutputEncoding = $encoding
    }
    # Without an answer, PowerShell completes files.
    if ($answer.Count -eq 0 -or $answer[0] -match '^(files|folders)') { return }
    foreach ($line in $answer[1..($answer.Count)]) {
        if (-not $line) { continue }
        $word, $about = $line -split "`t", 2
        if (-not $about) { $about = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
    }
}
