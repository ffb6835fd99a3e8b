using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Admission;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// Who may read the metrics, which tell of every namespace: the API server is asked whose the bearer token is (TokenReview) and whether he may <c>get /metrics</c>
/// (SubjectAccessReview), as kube-rbac-proxy does. Answers are remembered for a while. Anybody can send tokens, so that few are asked about at a time; who was let in before
/// does not wait behind them.
/// </summary>
internal sealed partial class MetricsGate : IDisposable
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 16 * 1024;
    private const int MostRemembered = 256;

    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Known = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ResourceClient<TokenReview> _tokens;
    private readonly ResourceClient<SubjectAccessReview> _rights;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, (int Status, long At)> _answers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _strangers = new(2);
    private readonly SemaphoreSlim _acquainted = new(4);

    public MetricsGate(KubernetesConnection connection)
    {
        _tokens = new ResourceClient<TokenReview>(connection, TokenReview.Resource, HostingJson.Default.TokenReview);
        _rights = new ResourceClient<SubjectAccessReview>(connection, SubjectAccessReview.Resource, AdmissionJson.Default.SubjectAccessReview);
        _time = connection.Environment.Time;
        _logger = connection.Environment.Loggers.CreateLogger<MetricsGate>();
    }

    /// <summary>The HTTP status for who sends this header: 200, 401 (no token, or nobody's), 403 (he may not), 503 (the API server does not say).</summary>
    public async Task<int> AskAsync(string? authorization, CancellationToken cancel)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || authorization.Length > LongestToken)
        {
            return StatusCodes.Status401Unauthorized;
        }

        var token = authorization[Scheme.Length..].Trim();
        var name = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var isKnown = _answers.TryGetValue(name, out var before);
        if (isKnown && _time.GetElapsedTime(before.At) < (before.Status == StatusCodes.Status200OK ? Believed : Refused))
        {
            return before.Status;
        }

        var room = isKnown && before.Status == StatusCodes.Status200OK ? _acquainted : _strangers;
        if (!await room.WaitAsync(LongestWait, cancel))
        {
            return StatusCodes.Status503ServiceUnavailable;
        }

        try
        {
            var status = await LookAsync(token, cancel);
            Remember(name, status);
            return status;
        }
        catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException)
        {
            Log.NoAnswer(_logger, error.Message);
            return StatusCodes.Status503ServiceUnavailable;
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose()
    {
        _strangers.Dispose();
        _acquainted.Dispose();
    }

    private async Task<int> LookAsync(string token, CancellationToken cancel)
    {
        var who = await _tokens.CreateAsync(null, new TokenReview { Spec = new TokenReview.Question(token) }, HostingJson.Default.TokenReview, cancel);
        if (who.Status is not { Authenticated: true, User: { Username.Length: > 0 } user })
        {
            return StatusCodes.Status401Unauthorized;
        }

        var question = new SubjectAccessReview
        {
            Spec = new SubjectAccessReview.Question(user.Username, user.Uid ?? "", user.Groups ?? [], user.Extra, null, new SubjectAccessReview.Address("/metrics", "get")),
        };
        var may = await _rights.CreateAsync(null, question, AdmissionJson.Default.SubjectAccessReview, cancel);
        return may.Status?.Allowed == true ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden;
    }

    private void Remember(string name, int status)
    {
        if (_answers.Count >= MostRemembered)
        {
            // Strangers are forgotten first: they are free to make, and who was let in is asked about seldom.
            foreach (var (other, answer) in _answers.Where(answer => answer.Value.Status != StatusCodes.Status200OK || _time.GetElapsedTime(answer.Value.At) > Known))
            {
                _answers.TryRemove(new KeyValuePair<string, (int, long)>(other, answer));
            }
        }

        if (_answers.Count < MostRemembered || _answers.ContainsKey(name))
        {
            _answers[name] = (status, _time.GetTimestamp());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The API server did not say who asks for metrics, and they are not shown. The operator needs to create tokenreviews and subjectaccessreviews; --metrics-open shows them to anybody: {Reason}")]
        public static partial void NoAnswer(ILogger logger, string reason);
    }
}
