using System.Security.Cryptography;
using System.Text;
using k8s.Models;

namespace OssRuntime.Stage.Pods;

/// <summary>
/// The status that a kubelet with containerd writes for a pod, from what came of its images. Pure: the same pod and outcomes give the same
/// status, but for times, which stay as they are once written.
/// </summary>
internal sealed class KubeletStatus
{
    private readonly V1Pod _pod;
    private readonly Func<string, PullOutcome?> _pulled;
    private readonly DateTime _now;
    private bool _initialized = true;

    /// <summary>For one pod at one moment.</summary>
    /// <param name="pod">With the status that was written before.</param>
    /// <param name="pulled">What came of the image of the container of that name; null while it is not known.</param>
    /// <param name="now">For what happens in this status for the first time.</param>
    public KubeletStatus(V1Pod pod, Func<string, PullOutcome?> pulled, DateTime now)
    {
        _pod = pod;
        _pulled = pulled;
        _now = now;
    }

    /// <summary>The status to write.</summary>
    /// <param name="finished">Whether the containers have ended with success.</param>
    public V1PodStatus Make(bool finished)
    {
        var old = _pod.Status;
        var init = (_pod.Spec.InitContainers ?? []).Select(InitStatus).ToList();
        var main = _pod.Spec.Containers.Select(container => Status(container.Name, container.Image, old?.ContainerStatuses, finished)).ToList();
        var ephemeral = (_pod.Spec.EphemeralContainers ?? [])
            .Select(container => Status(container.Name, container.Image, old?.EphemeralContainerStatuses, finished)).ToList();

        var running = main.All(status => status.State.Running is not null);
        return new V1PodStatus
        {
            Phase = finished && main.All(status => status.State.Terminated is not null) ? "Succeeded" : running ? "Running" : "Pending",
            Conditions = Conditions(running, finished),
            HostIP = "127.0.0.1",
            HostIPs = old?.HostIPs,
            PodIP = running || finished ? Address() : null,
            PodIPs = running || finished ? [new V1PodIP { Ip = Address() }] : null,
            StartTime = old?.StartTime ?? _now,
            QosClass = old?.QosClass,
            InitContainerStatuses = init.Count == 0 ? null : init,
            ContainerStatuses = main,
            EphemeralContainerStatuses = ephemeral.Count == 0 ? null : ephemeral,
        };
    }

    // Init containers run one after another; one that is restarted for ever is a sidecar, and the next one starts beside it.
    private V1ContainerStatus InitStatus(V1Container container)
    {
        var olds = _pod.Status?.InitContainerStatuses;
        var status = Status(container.Name, container.Image, olds, finished: container.RestartPolicy != "Always");
        if (status.State.Waiting is not null)
            _initialized = false;
        return status;
    }

    private V1ContainerStatus Status(string name, string image, IList<V1ContainerStatus>? olds, bool finished)
    {
        var old = olds?.FirstOrDefault(status => status.Name == name);
        var pulled = _initialized ? _pulled(name) : null;
        if (pulled?.ImageId is null)
            return Waiting(name, pulled?.Image ?? image, pulled);

        // Another image than before: the container was restarted with it.
        var restarts = (old?.RestartCount ?? 0) + (old?.ImageID is { Length: > 0 } before && before != pulled.ImageId ? 1 : 0);
        var same = restarts == (old?.RestartCount ?? 0);
        var id = $"containerd://{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_pod.Uid()}/{name}/{restarts}")))}";
        var started = same ? old?.State?.Running?.StartedAt ?? old?.State?.Terminated?.StartedAt ?? _now : _now;
        return new V1ContainerStatus
        {
            Name = name,
            Image = pulled.Image,
            ImageID = pulled.ImageId,
            ContainerID = id,
            RestartCount = restarts,
            Ready = !finished || _pod.Spec.InitContainers?.Any(container => container.Name == name) == true,
            Started = !finished,
            LastState = new V1ContainerState(),
            State = finished
                ? new V1ContainerState
                {
                    Terminated = new V1ContainerStateTerminated
                    {
                        ExitCode = 0,
                        Reason = "Completed",
                        StartedAt = started,
                        FinishedAt = (same ? old?.State?.Terminated?.FinishedAt : null) ?? _now,
                        ContainerID = id,
                    },
                }
                : new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = started } },
        };
    }

    private V1ContainerStatus Waiting(string name, string image, PullOutcome? pulled) => new()
    {
        Name = name,
        Image = image,
        ImageID = "",
        Ready = false,
        Started = false,
        RestartCount = 0,
        LastState = new V1ContainerState(),
        State = new V1ContainerState
        {
            Waiting = new V1ContainerStateWaiting
            {
                Reason = pulled?.Reason ?? (_pod.Spec.InitContainers is { Count: > 0 } ? "PodInitializing" : "ContainerCreating"),
                Message = pulled?.Message,
            },
        },
    };

    private List<V1PodCondition> Conditions(bool running, bool finished)
    {
        var conditions = new List<V1PodCondition>
        {
            Condition("Initialized", _initialized, finished ? "PodCompleted" : _initialized ? null : "ContainersNotInitialized"),
            Condition("Ready", running, finished ? "PodCompleted" : running ? null : "ContainersNotReady"),
            Condition("ContainersReady", running, finished ? "PodCompleted" : running ? null : "ContainersNotReady"),
            Condition("PodScheduled", true, null),
        };
        // Readiness gates and what later releases write are others' to change.
        conditions.AddRange((_pod.Status?.Conditions ?? []).Where(other => conditions.All(own => own.Type != other.Type)));
        return conditions;
    }

    private V1PodCondition Condition(string type, bool holds, string? reason)
    {
        var old = _pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
        var status = holds ? "True" : "False";
        return new V1PodCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : _now,
        };
    }

    // An address of its own for each pod, most likely: nobody connects to it.
    private string Address()
    {
        if (_pod.Status?.PodIP is { Length: > 0 } given)
            return given;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(_pod.Uid()));
        return $"10.{128 + (hash[0] % 64)}.{hash[1]}.{1 + (hash[2] % 254)}";
    }
}
