# The .NET runtime of this machine and a published web application with 71 packages.
from bench-base
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$root/usr/share/dotnet" "$work/web"
cp -a "$sdk/dotnet" "$sdk/host" "$sdk/shared" "$root/usr/share/dotnet/"
layer 'COPY runtime /usr/share/dotnet'
{
  cat <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
    <NoWarn>NU1605;NU1701;NU1603</NoWarn>
    <WarningsNotAsErrors>NU1605</WarningsNotAsErrors>
  </PropertyGroup>
  <ItemGroup>
PROJECT
  for package in Newtonsoft.Json:9.0.1 Serilog:4.3.0 Serilog.AspNetCore:6.1.0 Dapper:2.0.123 AutoMapper:8.0.0 FluentValidation:11.6.0 Polly:7.2.3 \
    Microsoft.Data.Sqlite:7.0.0 Npgsql:9.0.3 StackExchange.Redis:2.6.70 Swashbuckle.AspNetCore:6.4.0 NLog:5.0.4 RestSharp:114.1.0 \
    CsvHelper:30.0.1 Humanizer.Core:2.14.1 YamlDotNet:13.1.1 Google.Protobuf:3.21.9 Grpc.Net.Client:2.55.0 Quartz:3.0.7 SharpZipLib:1.4.1 \
    Microsoft.EntityFrameworkCore:6.0.7 Microsoft.EntityFrameworkCore.Sqlite:6.0.1 System.IdentityModel.Tokens.Jwt:7.7.2 \
    HtmlAgilityPack:1.11.46 log4net:3.5.0 Azure.Identity:1.9.0 AWSSDK.S3:3.7.304.1; do
    echo "    <PackageReference Include=\"${package%:*}\" Version=\"${package#*:}\" />"
  done
  echo '  </ItemGroup></Project>'
} >"$work/web/web.csproj"
echo 'var app = WebApplication.CreateBuilder(args).Build(); app.MapGet("/", () => "hi"); app.Run();' >"$work/web/Program.cs"
dotnet publish "$work/web" -c Release -o "$work/published" -nologo -v q --disable-build-servers >"$work/dotnet.log" 2>&1 \
  || fail "dotnet publish failed for the image $name, see $work/dotnet.log"
mkdir -p "$root/app"
cp -a "$work/published/." "$root/app/"
cp "$work/web/web.csproj" "$root/app/old.csproj"
layer 'COPY published /app'
rm -f "$root/app/old.csproj" "$root/app/appsettings.Development.json"
layer 'rm old.csproj'
