namespace OssRuntime.Stage.Pods;

/// <summary>A pull that failed and will be tried again.</summary>
/// <param name="Image">As the pod names it.</param>
/// <param name="Outcome">How it failed.</param>
/// <param name="NextTry">When, in milliseconds of the system's tick count.</param>
internal sealed record FailedPull(string Image, PullOutcome Outcome, long NextTry)
{
    /// <summary>The first failure shows its reason; from then on a kubelet says that it waits.</summary>
    public PullOutcome WhileWaiting => Outcome.Reason == "InvalidImageName"
        ? Outcome
        : Outcome with { Reason = "ImagePullBackOff", Message = $"Back-off pulling image \"{Outcome.Image}\"" };
}
