# Makes dist\EoLC-Desktop-VERSION.msi on Windows: the program with its Python, then the installer (WiX 5).
#   powershell -ExecutionPolicy Bypass -File installer\windows\build.ps1
# Needs Python 3.13 (64 bit) and the .NET SDK. To sign, set EOLC_SIGN to a command that signs the file given to it.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$version = (Select-String -Path eolc_desktop\__init__.py -Pattern '^__version__ = "(.*)"').Matches[0].Groups[1].Value
$environment = "build\environment"

py -3.13 -m venv --clear $environment
& $environment\Scripts\python -m pip install --disable-pip-version-check --quiet --require-hashes -r installer\locked\package.txt
if ($LASTEXITCODE) { throw "The packages could not be installed." }
Remove-Item -Recurse -Force -ErrorAction SilentlyContinue dist\eolc-desktop, build\notices
& $environment\Scripts\python installer\notices.py build\notices
& $environment\Scripts\python installer\sbom.py build\sbom.cdx.json
& $environment\Scripts\python installer\icons.py build\icons
& $environment\Scripts\python installer\windows\version_info.py build\version_info.txt
& $environment\Scripts\python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build\work installer\eolc-desktop.spec
if ($LASTEXITCODE) { throw "The program could not be built." }
& dist\eolc-desktop\eolc-desktop-command.exe --self-test
if ($LASTEXITCODE) { throw "The built program does not pass its own test." }

dotnet tool install --tool-path build\wix wix --version 5.0.2
$msi = "dist\EoLC-Desktop-$version.msi"
& build\wix\wix build installer\windows\eolc-desktop.wxs -arch x64 -out $msi `
    -d "Version=$version" -d "Folder=$(Resolve-Path dist\eolc-desktop)" -d "Icon=$(Resolve-Path build\icons\eolc-desktop.ico)"
if ($LASTEXITCODE) { throw "The installer could not be built." }
if ($env:EOLC_SIGN) { & $env:EOLC_SIGN $msi }
Write-Output "Made: $msi"
