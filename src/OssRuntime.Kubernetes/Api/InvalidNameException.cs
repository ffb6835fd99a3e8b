namespace OssRuntime.Kubernetes.Api;

/// <summary>A name cannot be that of anything on an API server, so that no request was made for it: it would change the request's path.</summary>
public sealed class InvalidNameException(string name)
    : ArgumentException($"'{Shown(name)}' is not a name on an API server: it is empty or dots, or has a slash, a percent sign or a control character")
{
    private const int Most = 100;

    // It may be anything: a log shows it on one line, and not all of it.
    private static string Shown(string name) =>
        string.Concat(name.Take(Most).Select(character => char.IsControl(character) ? '?' : character)) + (name.Length > Most ? "…" : "");
}
