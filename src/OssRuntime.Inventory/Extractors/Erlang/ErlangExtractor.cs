using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Erlang;

/// <summary>
/// Applications of Erlang and Elixir releases, by <c>NAME/ebin/NAME.app</c>, an Erlang term; and Erlang itself, by <c>releases/25/OTP_VERSION</c>, which the
/// applications that come with it are part of.
/// </summary>
internal sealed partial class ErlangExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "erlang";

    /// <summary>The applications of Erlang/OTP: their versions are their own, and advisories speak of OTP as a whole.</summary>
    private static readonly HashSet<string> Otp = new(
        ("asn1 common_test compiler crypto debugger dialyzer diameter edoc eldap erl_docgen erl_interface erts et eunit ftp hipe inets jinterface kernel "
            + "megaco mnesia observer odbc os_mon parsetools public_key reltool runtime_tools sasl snmp ssh ssl stdlib syntax_tools tftp tools wx xmerl").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Those of Elixir: they are Elixir, and have its version.</summary>
    private static readonly HashSet<string> Elixir = new(["eex", "ex_unit", "iex", "logger", "mix"], StringComparer.Ordinal);

    public string Name => Id;

    public int Version => 2;

    public long LargestFile => 4 << 20;

    public bool Wants(ReadOnlySpan<byte> path) =>
        (path.EndsWith(".app"u8) && path.IndexOf("/ebin/"u8) >= 0) || (path.EndsWith("/OTP_VERSION"u8) && path.IndexOf("/releases/"u8) >= 0);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var text = Encoding.UTF8.GetString(file.ReadAll());
        if (file.Path.EndsWith("/OTP_VERSION", StringComparison.Ordinal))
        {
            var version = text.Trim().TrimEnd('*');
            context.Add(Generic("erlang", version, ComponentType.Runtime, @"erlang:erlang\/otp"));
            return;
        }

        var (name, vsn) = (Application().Match(text), VersionField().Match(text));
        if (!name.Success || !vsn.Success)
        {
            context.AddUnknown("it has no name or no version");
            return;
        }

        var (application, number) = (name.Groups["name"].Value, vsn.Groups["version"].Value);
        if (application == "rabbit")
        {
            context.Add(Generic("rabbitmq", number, ComponentType.Application, "vmware:rabbitmq"));
        }
        else if (application == "elixir")
        {
            context.Add(Generic("elixir", number, ComponentType.Runtime, "elixir-lang:elixir"));
        }
        else if (!Otp.Contains(application) && !Elixir.Contains(application))
        {
            context.Add(new PackageRecord { Type = "hex", Name = application, Version = number, Kind = ComponentType.Library });
        }
    }

    private static PackageRecord Generic(string name, string version, ComponentType kind, string cpe) =>
        new() { Type = "generic", Name = name, Version = version, Kind = kind, Cpe = $"cpe:2.3:a:{cpe}:{version}:*:*:*:*:*:*:*" };

    [GeneratedRegex(@"\{\s{0,50}application\s{0,50},\s{0,50}'?(?<name>[A-Za-z0-9_@]{1,200})'?", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Application();

    [GeneratedRegex("""\{\s{0,50}vsn\s{0,50},\s{0,50}"(?<version>[^"]{1,200})"\s{0,50}\}""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex VersionField();
}
