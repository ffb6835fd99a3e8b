using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Hosting;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;

namespace OssRuntime.Operator.Admission;

/// <summary>The webhooks of one replica: put together, fed by the informers, and served once these hold a complete list.</summary>
internal sealed class AdmissionHost : IAsyncDisposable
{
    private readonly WebhookCertificate _certificate = new();
    private readonly ImageKnowledge _images;
    private readonly AdmissionContexts _standings;
    private readonly AdmissionEndpoint _endpoint;
    private readonly AdmissionServer _server;

    public AdmissionHost(
        OperatorOptions options,
        KubernetesConnection connection,
        PolicySet policies,
        ApprovalSeal seal,
        Violations violations,
        ExposureGraph graph,
        OwnerAnnotationIndex declarations,
        UnknownImageQueue newcomers,
        AdmissionMetrics metrics)
    {
        var environment = connection.Environment;
        _images = new ImageKnowledge(policies, newcomers.DigestOf);
        _standings = new AdmissionContexts(graph, declarations);
        var judge = new AdmissionJudge(
            _images,
            violations,
            policies,
            _standings,
            newcomers,
            options.Exempt);
        var exceptions = new ExceptionReview(new SubjectAccessRights(connection), seal, policies, environment.Time);
        _endpoint = new AdmissionEndpoint(judge, exceptions, new ProviderReview(judge), metrics, environment.Time, environment.Loggers);
        _server = new AdmissionServer(options.AdmissionListen!, _certificate, _endpoint, environment.Loggers);
        Keeper = new WebhookKeeper(connection, _certificate, options.Namespace, options.AdmissionName, options.AdmissionCertificates, environment);
    }

    /// <summary>Keeps the certificate, on every replica.</summary>
    public WebhookKeeper Keeper { get; }

    /// <summary>Where the webhooks are served, once they are.</summary>
    public IReadOnlyCollection<string> Addresses => _server.Addresses;

    /// <summary>Follows what runs and what is known of it.</summary>
    public void Follow(Store<PodView> pods, VerifiedInventories images)
    {
        pods.Subscribe(change => _images.Set(change.Key, change.New));
        images.Follow(_images.Set);
    }

    /// <summary>Computes the verdicts anew.</summary>
    public void PoliciesChanged() => _images.PoliciesChanged();

    /// <summary>
    /// Returns once it serves: the informers hold a complete list and there is a certificate. Before that the API server goes by the webhooks' failure policy.
    /// </summary>
    public async Task ServeAsync(ControllerHost host, CancellationToken cancel)
    {
        await host.Synced.WaitAsync(cancel);
        await _certificate.There.WaitAsync(cancel);
        _standings.WarmUp();
        await _server.StartAsync(cancel);
    }

    /// <summary>This replica is told to stop, and answers until then.</summary>
    public void Leave() => _endpoint.Leave();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _endpoint.Dispose();
    }
}
