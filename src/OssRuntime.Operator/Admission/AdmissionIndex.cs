using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Admission;

/// <summary>Keeps what admission knows of images equal to what runs, what was inventoried and which policies are in force.</summary>
internal sealed class AdmissionIndex(ImageKnowledge images, Store<PodView> pods, VerifiedInventories inventories) : IEventFollower
{
    public void Follow(ClusterEvent happened)
    {
        if (happened.Kind == PodView.Resource.Kind)
        {
            images.Set(happened.Key, pods.Get(happened.Key));
        }
        else if (happened.Kind == ImageInventory.Resource.Kind)
        {
            images.Set(happened.Key, inventories.Find(happened.Key));
        }
        else if (happened.Kind == RiskPolicyResource.Resource.Kind)
        {
            images.PoliciesChanged();
        }
    }
}
