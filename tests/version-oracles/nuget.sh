#!/bin/sh
# Builds the oracle for NuGet, away from the settings of this repository, and runs it.
set -eu
folder=${TMPDIR:-/tmp}/ossruntime-nuget-oracle
mkdir -p "$folder"
cat > "$folder/oracle.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="NuGet.Versioning" Version="8.0.0" /></ItemGroup>
</Project>
XML
cat > "$folder/Program.cs" <<'CS'
using NuGet.Versioning;

while (Console.ReadLine() is { } line)
{
    var pair = line.Split(' ');
    Console.WriteLine(NuGetVersion.TryParse(pair[0], out var left) && NuGetVersion.TryParse(pair[1], out var right)
        ? "<=>"[1 + Math.Sign(left!.CompareTo(right))].ToString()
        : "!");
}
CS
dotnet build "$folder" -c Release -nologo -v quiet -clp:NoSummary >"$folder/build.log" 2>&1 || { cat "$folder/build.log" >&2; exit 1; }
exec dotnet "$folder/bin/Release/net10.0/oracle.dll"
