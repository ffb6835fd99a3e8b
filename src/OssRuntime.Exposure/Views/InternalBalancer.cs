namespace OssRuntime.Exposure.Views;

/// <summary>
/// The annotations by which the clouds' controllers are told that a load balancer shall have a private address only, as the providers document
/// them (kubernetes.io, "Internal load balancer", and each provider's own pages).
/// </summary>
internal static class InternalBalancer
{
    // A null value: whatever the value is, it names a private network.
    private static readonly (string Name, string? Value)[] Marks =
    [
        ("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
        ("service.beta.kubernetes.io/aws-load-balancer-internal", "0.0.0.0/0"),
        ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
        ("alb.ingress.kubernetes.io/scheme", "internal"),
        ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
        ("appgw.ingress.kubernetes.io/use-private-ip", "true"),
        ("networking.gke.io/load-balancer-type", "internal"),
        ("cloud.google.com/load-balancer-type", "internal"),
        ("kubernetes.io/ingress.class", "gce-internal"),
        ("service.beta.kubernetes.io/openstack-internal-load-balancer", "true"),
        ("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private"),
        ("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"),
        ("service.beta.kubernetes.io/alicloud-loadbalancer-address-type", "intranet"),
        ("service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", null),
        ("service.beta.kubernetes.io/cce-load-balancer-internal-vpc", "true"),
        ("service.beta.kubernetes.io/oci-load-balancer-internal", "true"),
        ("oci-network-load-balancer.oraclecloud.com/internal", "true"),
        ("load-balancer.hetzner.cloud/disable-public-network", "true"),
        ("service.beta.kubernetes.io/do-loadbalancer-network", "internal"),
        ("service.beta.kubernetes.io/scw-loadbalancer-private", "true"),
        ("yandex.cloud/load-balancer-type", "internal"),
    ];

    private static readonly string[] Classes = ["gce-internal", "gke-l7-rilb", "gke-l7-cross-regional-internal-managed-mc"];

    /// <summary>The annotations that are looked at.</summary>
    public static IEnumerable<string> Annotations => Marks.Select(mark => mark.Name).Distinct(StringComparer.Ordinal);

    /// <summary>The annotation or class that makes it internal, or null.</summary>
    public static string? MarkOf(ViewMetadata metadata, string? className = null)
    {
        foreach (var (name, value) in metadata.Annotations is null ? [] : Marks)
        {
            if (metadata.Annotation(name) is { } found && (value is null || found.Equals(value, StringComparison.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        return Classes.Contains(className) ? className : null;
    }
}
