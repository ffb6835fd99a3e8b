using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Stage.Pods;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Registries;

/// <summary>A container registry on the loopback address: Debian's docker-registry (2.8), without TLS.</summary>
public sealed class RegistryServer : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SupervisedProcess _process;

    private RegistryServer(string address, RegistryOptions options, SupervisedProcess process, string folder)
    {
        Address = address;
        Credentials = options.Credentials;
        _process = process;
        Requests = new AccessLog(Path.Combine(folder, "log"));
    }

    /// <summary>Host and port, as the first part of an image's name: <c>127.0.0.1:port</c>.</summary>
    public string Address { get; }

    /// <summary>Who may use it, or null for everybody.</summary>
    public RegistryCredentials? Credentials { get; }

    /// <summary>What it was asked for.</summary>
    public AccessLog Requests { get; }

    /// <summary>Starts a registry and returns when it answers.</summary>
    /// <param name="options">How.</param>
    /// <param name="log">Gets a line when a program must be downloaded first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StageException">It did not start; the message says why.</exception>
    public static async Task<RegistryServer> StartAsync(RegistryOptions options, TextWriter? log = null, CancellationToken cancellationToken = default)
    {
        var program = Tool.Find("docker-registry")
            ?? Path.Combine(await Tool.RunScriptAsync("Debian/archive.sh", ["docker-registry"], log, cancellationToken), "usr/bin/docker-registry");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(program, options, cancellationToken);
            }
            catch (StageException taken) when (attempt < Attempts && taken.Message.Contains("address already in use", StringComparison.Ordinal))
            {
                // Between the search for a free port and its use another process took it.
            }
        }
    }

    /// <summary>
    /// How many answered requests have that method and a path that the pattern matches; those of a node's runtime, and of the pod stage which
    /// plays one, are left out.
    /// </summary>
    /// <param name="method">GET, HEAD, …; null counts all.</param>
    /// <param name="pathPattern">A regular expression, like <c>^/v2/.*/blobs/</c>.</param>
    public int CountRequests(string? method, string pathPattern) =>
        Requests.Read().Count(request => request.UserAgent != ImagePuller.UserAgent
            && !request.UserAgent.StartsWith("containerd/", StringComparison.Ordinal)
            && (method is null || request.Method == method)
            && Regex.IsMatch(request.Path, pathPattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));

    /// <summary>Stops it and removes its folder; a storage folder that was given stays.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<RegistryServer> StartAsync(string program, RegistryOptions options, CancellationToken cancellationToken)
    {
        var folder = StageFolders.CreateTemporary("registry", inMemory: false);
        var address = $"127.0.0.1:{FreePort.Find(1)[0]}";
        var storage = options.Storage ?? Path.Combine(folder, "storage");
        Directory.CreateDirectory(storage);
        var configuration = Path.Combine(folder, "registry.yaml");
        await File.WriteAllTextAsync(configuration, Configuration(address, storage, folder, options.Credentials), cancellationToken);
        var process = SupervisedProcess.Start("docker-registry", program, ["serve", configuration], Path.Combine(folder, "log"), folder);
        var registry = new RegistryServer(address, options, process, folder);
        try
        {
            using var http = new HttpClient();
            if (options.Credentials is { } who)
                http.DefaultRequestHeaders.Authorization = Basic(who);
            await process.WaitUntilAsync(
                async token =>
                {
                    using var answer = await http.GetAsync(new Uri($"http://{address}/v2/"), token);
                    return answer.StatusCode == HttpStatusCode.OK;
                },
                Patience,
                cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    internal static AuthenticationHeaderValue Basic(RegistryCredentials who) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{who.User}:{who.Password}")));

    private static string Configuration(string address, string storage, string folder, RegistryCredentials? credentials)
    {
        var authentication = "";
        if (credentials is not null)
        {
            var users = Path.Combine(folder, "htpasswd");
            File.WriteAllText(users, $"{credentials.User}:{BcryptHash.Of(credentials.Password)}\n");
            authentication = $"auth: {{htpasswd: {{realm: stage, path: \"{users}\"}}}}";
        }

        return $$$"""
            version: 0.1
            log: {level: error, accesslog: {disabled: false}}
            storage: {filesystem: {rootdirectory: "{{{storage}}}", maxthreads: 100}, delete: {enabled: true}}
            http: {addr: "{{{address}}}", secret: stage}
            {{{authentication}}}

            """;
    }
}
