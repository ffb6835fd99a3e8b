using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.BadInput;

/// <summary>An image that something is wrong with.</summary>
/// <param name="Name">Its repository, and the pod that runs it.</param>
/// <param name="Reason">What the <c>Inventoried</c> condition says of it in the end.</param>
/// <param name="Place">Puts it into a registry and returns its digest.</param>
/// <param name="Says">Text that its object holds: the condition's message, or the unknowns of its report.</param>
internal sealed record BadImage(string Name, string Reason, Func<FakeRegistry, string> Place, string Says = "");
