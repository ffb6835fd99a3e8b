using System.CommandLine;
using System.CommandLine.Parsing;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Commands;

/// <summary>What every command that reads images is told about them.</summary>
internal static class TargetOptions
{
    /// <summary>Which image of an index is meant.</summary>
    public static Option<Platform> Platform() => new("--platform")
    {
        Description = "The platform to scan of a multi-platform image, os/architecture[/variant].",
        DefaultValueFactory = _ => Model.Images.Platform.LinuxAmd64,
        CustomParser = ReadPlatform,
    };

    /// <summary>Registries without TLS.</summary>
    public static Option<string[]> InsecureRegistries() =>
        new("--insecure-registry") { Description = "A registry host to contact without TLS (plain HTTP). May be given several times.", DefaultValueFactory = _ => [] };

    /// <summary>Reads <c>os/architecture[/variant]</c>.</summary>
    private static Platform? ReadPlatform(ArgumentResult result)
    {
        if (result.Tokens is [var token] && Model.Images.Platform.TryParse(token.Value, out var platform))
        {
            return platform;
        }

        result.AddError("the value of --platform is invalid: write os/architecture[/variant], such as linux/arm64");
        return null;
    }
}
