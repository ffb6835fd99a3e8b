using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// The credentials in a Docker configuration, as pull secrets carry them: <c>kubernetes.io/dockerconfigjson</c> with its <c>auths</c>, and
/// the older <c>kubernetes.io/dockercfg</c> without. Keys fit as they do for the kubelet (see <see cref="CredentialScope"/>).
/// </summary>
public sealed class DockerConfig : IRegistryCredentials
{
    private const int MostEntries = 10_000;

    private readonly ImmutableArray<(CredentialScope Scope, RegistryCredential Credential)> _entries;

    private DockerConfig(IEnumerable<(CredentialScope Scope, RegistryCredential Credential)> entries) =>
        _entries = [.. entries.OrderByDescending(e => e.Scope.Key, StringComparer.Ordinal)];

    /// <summary>How many credentials there are.</summary>
    public int Count => _entries.Length;

    /// <summary>Reads a configuration. Entries that say nothing usable are passed over; credential helpers are not run.</summary>
    /// <param name="json">The document.</param>
    /// <param name="config">What it holds.</param>
    /// <param name="reason">Why it can't be read; it never quotes the document.</param>
    public static bool TryParse(ReadOnlyMemory<byte> json, out DockerConfig? config, out string? reason)
    {
        config = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                reason = "it is not a JSON object";
                return false;
            }

            var hasAuths = document.RootElement.TryGetProperty("auths", out var auths) && auths.ValueKind == JsonValueKind.Object;
            config = new DockerConfig(ReadEntries(hasAuths ? auths : document.RootElement));
            reason = null;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text that is no UTF-8 is JSON to the parser and none to its reader.
            config = null;
            reason = "it is not JSON";
            return false;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RegistryCredential> Find(string registry, string repository) =>
        [.. _entries.Where(e => e.Scope.Covers(registry, repository)).Select(e => e.Credential)];

    private static IEnumerable<(CredentialScope Scope, RegistryCredential Credential)> ReadEntries(JsonElement auths)
    {
        foreach (var entry in auths.EnumerateObject().Take(MostEntries))
        {
            if (entry.Value.ValueKind == JsonValueKind.Object
                && CredentialScope.TryParse(entry.Name, out var scope)
                && ReadCredential(entry.Value) is { } credential)
            {
                yield return (scope!, credential);
            }
        }
    }

    private static RegistryCredential? ReadCredential(JsonElement entry)
    {
        var (username, password) = (Text(entry, "username") ?? "", Text(entry, "password") ?? "");
        if (Text(entry, "auth") is { Length: > 0 } auth && Decode(auth) is { } pair)
        {
            (username, password) = pair;
        }

        var token = Text(entry, "identitytoken") is { Length: > 0 } identity ? identity : null;
        return username.Length == 0 && token is null
            ? null
            : new RegistryCredential { Username = username, Password = password, IdentityToken = token };
    }

    /// <summary>"user:password" in base64, padded or not; some tools fill it up with zero bytes.</summary>
    private static (string Username, string Password)? Decode(string auth)
    {
        var buffer = new byte[auth.Length];
        var padded = auth.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, buffer, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length).Trim('\0', '\n', '\r');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
