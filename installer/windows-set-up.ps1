# Gets a fresh clone ready on Windows 10 or 11: virtual environment, locked packages, the project itself.
#
#   powershell -ExecutionPolicy Bypass -File installer\windows-set-up.ps1             what it takes to run the program
#   powershell -ExecutionPolicy Bypass -File installer\windows-set-up.ps1 -Develop    that, and what it takes to test it
#
# Needs Python 3.11, 3.12 or 3.13 (64 bit) with its launcher "py". Safe to run again; needs no administrator.
param([switch]$Develop)
$ErrorActionPreference = "Stop"
Set-Location (Split-Path -Parent $PSScriptRoot)

$environment = ".venv"
$python = Join-Path $environment "Scripts\python.exe"
$locked = if ($Develop) { "installer\locked\develop.txt" } else { "installer\locked\run.txt" }

# Windows PowerShell does not stop when a program fails: this does, with a sentence.
function Invoke-Step([string]$WhatFailed, [string]$Program, [string[]]$Words) {
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { Write-Host $WhatFailed; exit 1 }
}

if (-not (Test-Path $python)) {
    if (-not (Get-Command py -ErrorAction SilentlyContinue)) {
        Write-Host "Python was not found. Install Python 3.11, 3.12 or 3.13 (64 bit) with its launcher, then run this again."
        exit 1
    }
    $chosen = $null
    foreach ($version in "3.13", "3.12", "3.11") {
        # Asked through cmd, because Windows PowerShell takes any line on the error stream for a failure of its own.
        cmd /c "py -$version -c `"import sys`" >nul 2>nul"
        if ($LASTEXITCODE -eq 0) { $chosen = $version; break }
    }
    if (-not $chosen) {
        Write-Host "No Python from 3.11 to 3.13 was found. Install one of them (64 bit), then run this again."
        exit 1
    }
    Write-Host "Making the virtual environment in $environment (Python $chosen)"
    Invoke-Step "The virtual environment could not be made." "py" @("-$chosen", "-m", "venv", $environment)
}

Write-Host "Fetching the packages it needs (the first time this takes a few minutes)"
$quiet = @("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
Invoke-Step "The packages could not be installed. Is this computer on a network? Nothing is lost: run the same again." `
    $python ($quiet + @("--require-hashes", "-r", $locked))
Invoke-Step "The project itself could not be installed." `
    $python ($quiet + @("--no-deps", "--no-build-isolation", "--no-index", "--editable", "."))

Write-Host "Ready. To try it:   .venv\Scripts\python -m eolc_desktop demo"
Write-Host "To open it:         .venv\Scripts\python -m eolc_desktop"
if ($Develop) { Write-Host "To test it:         .venv\Scripts\python -m pytest -n 2 --dist loadgroup" }
