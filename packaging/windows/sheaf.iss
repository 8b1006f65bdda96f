; Read by Inno Setup 6.3 or newer, which packaging/build calls with /DVersion= /DFolder= /DOut= /DName= /DIcon=.
; For one person, without rights of an administrator. Compiled, and tried under Wine; no Windows has run it yet.
#ifndef Version
  #error packaging/build setup calls this script and names what goes in
#endif
#define Kind "Sheaf.Library"
#define Program "sheaf-window.exe"

[Setup]
; Says to Windows which program this is, whatever its version: never change it.
AppId={{6B0E6D0B-6C5B-4C0E-9B57-3B6E3D0C6A51}
AppName=Sheaf
AppVersion={#Version}
AppVerName=Sheaf {#Version}
AppPublisher=The Sheaf authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Sheaf
DefaultGroupName=Sheaf
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
; PySide6 has no wheel for 32 bits and wants Windows 10 1809.
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir={#Out}
OutputBaseFilename={#Name}
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\{#Program}
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: path; Description: "Let the command sheaf be typed in any terminal"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Sheaf"; Filename: "{app}\{#Program}"
Name: "{autodesktop}\Sheaf"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
; A library opens by a double click. What is listed last is taken away first: a key within another one comes after it.
Root: HKA; Subkey: "Software\Classes\.sheaf"; ValueType: string; ValueName: ""; ValueData: "{#Kind}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.sheaf\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\{#Kind}"; ValueType: string; ValueName: ""; ValueData: "Sheaf library"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Kind}\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#Program},0"
Root: HKA; Subkey: "Software\Classes\{#Kind}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Program}"" ""%1"""
; Bibliographies and listing pages offer Sheaf under "Open with"; what opens them by a double click stays as it is.
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Sheaf"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Program}"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".bib"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".ris"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".md"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".html"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".json"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".csv"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\SupportedTypes"; ValueType: string; ValueName: ".zip"; ValueData: ""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{code:PathWithSheaf}"; Tasks: path; Check: IsMissingFromPath

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,Sheaf}"; Flags: nowait postinstall skipifsilent

; The uninstaller takes away what was installed and nothing else: libraries, settings, styles and a folder sheaf-data stay.

[Code]
function PersonsPath: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Result) then
    Result := '';
end;

function PlaceIn(Whole: String): Integer;
begin
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Whole) + ';');
end;

function IsMissingFromPath: Boolean;
begin
  Result := PlaceIn(PersonsPath) = 0;
end;

function PathWithSheaf(Param: String): String;
begin
  Result := PersonsPath;
  if (Result <> '') and (Result[Length(Result)] <> ';') then
    Result := Result + ';';
  Result := Result + ExpandConstant('{app}');
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Left: String;
  At: Integer;
begin
  Left := PersonsPath;
  At := PlaceIn(Left);
  if (Step <> usPostUninstall) or (At = 0) then
    exit;
  Delete(Left, At, Length(ExpandConstant('{app}')) + 1);
  if (Left <> '') and (At > Length(Left)) then
    Delete(Left, Length(Left), 1);
  if Left = '' then
    RegDeleteValue(HKCU, 'Environment', 'Path')
  else
    RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Left);
end;
