# The .NET runtime of this machine and a published web application; some of its packages are old.
from base
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$root/usr/share/dotnet" "$root/usr/bin" "$work/web"
cp -a "$sdk/dotnet" "$sdk/host" "$sdk/shared" "$root/usr/share/dotnet/"
ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
layer 'COPY runtime /usr/share/dotnet'
cat >"$work/web/web.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
    <InvariantGlobalization>true</InvariantGlobalization>
    <NoWarn>NU1605;NU1701;NU1603</NoWarn>
    <WarningsNotAsErrors>NU1605</WarningsNotAsErrors>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Newtonsoft.Json" Version="9.0.1" />
    <PackageReference Include="Serilog.AspNetCore" Version="6.1.0" />
    <PackageReference Include="Dapper" Version="2.0.123" />
    <PackageReference Include="AutoMapper" Version="8.0.0" />
    <PackageReference Include="Polly" Version="7.2.3" />
    <PackageReference Include="StackExchange.Redis" Version="2.6.70" />
    <PackageReference Include="Swashbuckle.AspNetCore" Version="6.4.0" />
    <PackageReference Include="SharpZipLib" Version="1.4.1" />
    <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="6.0.1" />
    <PackageReference Include="System.IdentityModel.Tokens.Jwt" Version="7.7.2" />
    <PackageReference Include="YamlDotNet" Version="13.1.1" />
    <PackageReference Include="Azure.Identity" Version="1.9.0" />
  </ItemGroup>
</Project>
PROJECT
echo 'var app = WebApplication.CreateBuilder(args).Build(); app.MapGet("/", () => "shop"); app.Run();' >"$work/web/Program.cs"
dotnet publish "$work/web" -c Release -o "$work/published" -nologo -v q --disable-build-servers >"$work/dotnet.log" 2>&1 \
  || fail "dotnet publish failed for the image $name, see $work/dotnet.log"
mkdir -p "$root/app"
cp -a "$work/published/." "$root/app/"
cp "$root/app/web.deps.json" "$root/app/old.deps.json"
layer 'COPY published /app'
rm "$root/app/old.deps.json"
layer 'rm old.deps.json'
settings --config.workingdir /app --config.env ASPNETCORE_URLS=http://+:8080 --config.exposedports 8080/tcp \
  --clear config.cmd --config.cmd dotnet --config.cmd /app/web.dll
