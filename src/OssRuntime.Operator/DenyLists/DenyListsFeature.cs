using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.DenyLists;

/// <summary>Keeps the list of denied images that a ValidatingAdmissionPolicy goes by, where one is asked for.</summary>
internal sealed class DenyListsFeature : IOperatorFeature
{
    public void Install(OperatorBuilder builder)
    {
        if (builder.Options.DeniedImages is not { } name)
        {
            return;
        }

        var finder = new DenialFinder(
            builder.Seals.Inventories, builder.Cluster.Namespaces, builder.State.Running, builder.State.Policies, builder.State.Exceptions, builder.Options.Exempt);
        builder.OnLeader(new DenyListKeeper(
            finder, builder.Cluster.Connection, builder.Cluster.Writes, new ObjectKey(builder.Options.Namespace, name), builder.Environment));
    }
}
