using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Cli.Manifests;
using OssRuntime.Cli.Terminal;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Cli.Policies;

/// <summary>The policies and exceptions that stand in files, read as the webhooks read them.</summary>
internal sealed record PolicyFiles(ImmutableArray<RiskPolicy> Policies, ImmutableArray<RiskException> Exceptions)
{
    /// <summary>Reads files and folders. Objects of other kinds are left alone.</summary>
    /// <exception cref="CommandLineException">A policy or exception cannot be read: each field that is wrong is named.</exception>
    public static PolicyFiles Read(IEnumerable<string> paths) => Read(paths.SelectMany(path => Objects(() => YamlJson.Read(path))));

    /// <summary>Reads what a program printed; its name stands for the file's.</summary>
    /// <exception cref="CommandLineException">A policy or exception cannot be read: each field that is wrong is named.</exception>
    public static PolicyFiles Read(string name, TextReader text) => Read(Objects(() => YamlJson.Read(name, text)));

    private static PolicyFiles Read(IEnumerable<(string File, JsonElement Item)> objects)
    {
        var policies = new Dictionary<string, RiskPolicy>(StringComparer.Ordinal);
        var exceptions = ImmutableArray.CreateBuilder<RiskException>();
        foreach (var (file, item) in objects)
        {
            switch (item.Text("kind"))
            {
                case "RiskPolicy":
                    var (policy, policyErrors) = RiskPolicyFile.Read(item);
                    if (policy is null || !policies.TryAdd(policy.Name, policy))
                    {
                        throw Wrong(file, policy is null ? policyErrors : [new FieldError("metadata.name", $"there is another policy '{policy.Name}'")]);
                    }

                    break;
                case RiskExceptionFile.Kind or RiskExceptionFile.ClusterKind:
                    var (exception, errors) = RiskExceptionFile.Read(item);
                    exceptions.Add(exception ?? throw Wrong(file, errors));
                    break;
            }
        }

        return new PolicyFiles([.. policies.Values.OrderBy(policy => policy.Name, StringComparer.Ordinal)], exceptions.DrainToImmutable());
    }

    private static List<(string File, JsonElement Item)> Objects(Func<IEnumerable<(string File, JsonElement Item)>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandLineException(ExitCode.Unreadable, TerminalText.Safe(error.Message));
        }
    }

    private static CommandLineException Wrong(string file, ImmutableArray<FieldError> errors) =>
        new(ExitCode.Unreadable, TerminalText.Safe($"{file}: {string.Join("; ", errors)}"));
}
