using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.UnknownImages;

namespace OssRuntime.Operator.Admission;

/// <summary>Answers the API server's webhooks from memory, and has images read that are asked for and not known, where webhooks are asked for.</summary>
internal sealed class AdmissionFeature : IOperatorFeature
{
    public void Install(OperatorBuilder builder)
    {
        if (builder.Options.AdmissionListen is null || builder.Approvals is not { } approvals)
        {
            return;
        }

        var (options, state, environment, connection) = (builder.Options, builder.State, builder.Environment, builder.Cluster.Connection);
        var unknown = new UnknownImageQueue(options.UnknownImages, new WatchedNamespaces(builder.Cluster.Namespaces), environment.Time, environment.Random);
        builder.Everywhere(new UnknownImageController(
            unknown,
            new UnknownImageFinder(builder.Sources.Registries, new PullSecrets(connection), builder.Cluster.Nodes),
            new UnknownImageWriter(
                new ResourceClient<ImageInventory>(connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory), builder.Seals, options.UnknownImages),
            options.UnknownImages,
            builder.Metrics.UnknownImages,
            environment));

        var images = new ImageKnowledge(state.Policies, unknown, builder.Seals.Keys, environment.Time);
        builder.Follow(new AdmissionIndex(images, builder.Cluster.Pods, builder.Seals.Inventories));
        var contexts = new AdmissionContexts(builder.Graph, builder.Annotations);
        var judge = new AdmissionJudge(images, builder.Violations, state.Policies, contexts, unknown, options.Exempt);
        var exceptions = new ExceptionReview(new SubjectAccessRights(connection), approvals, builder.Decisions, state.Policies, environment.Time);
        var endpoint = new AdmissionEndpoint(judge, exceptions, new ProviderReview(judge), builder.Metrics.Admission, environment.Time, environment.Loggers);
        builder.Own(endpoint);
        var certificate = new WebhookCertificate();
        var paths = new CallerPaths(builder.Seals.Keys, environment.Time);
        var service = new ObjectKey(options.Namespace, options.AdmissionName);
        builder.Everywhere(new WebhookKeeper(connection, certificate, paths, service, options.AdmissionCertificates, environment));
        if (options.AdmissionGatekeeper)
        {
            builder.Everywhere(new GatekeeperAddress(connection, paths, service, environment));
        }

        builder.Webhooks = new WebhookServing(options, new CallerGate(paths, options), certificate, endpoint, contexts);
    }
}
