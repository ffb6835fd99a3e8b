using OssRuntime.Advisories.Matching;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>What is known of an image once its inventory was matched.</summary>
/// <param name="Resource">Its object, without conditions.</param>
/// <param name="Facts">What workloads, metrics and admission need of it.</param>
/// <param name="Result">What the matcher found.</param>
/// <param name="LookAgain">When a day changes the answer by itself; null for never.</param>
internal sealed record ImageAssessment(ImageInventory Resource, ImageFacts Facts, MatchResult Result, TimeSpan? LookAgain);
