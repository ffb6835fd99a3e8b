using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>What is said of an image as long as there is no advisory database.</summary>
/// <param name="Resource">Its object, without conditions: the one of before, or one without numbers of findings.</param>
/// <param name="Facts">What workloads, metrics and admission need of it.</param>
/// <param name="Wait">How long nothing is written, because a database is being built; zero where there is nothing to wait for.</param>
internal sealed record UnmatchedImage(ImageInventory Resource, ImageFacts Facts, TimeSpan Wait);
