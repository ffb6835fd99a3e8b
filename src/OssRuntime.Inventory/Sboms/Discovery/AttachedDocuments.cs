using System.Collections.Immutable;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>The VEX documents that are attached to an image.</summary>
/// <param name="Documents">Those that may be believed, each once.</param>
/// <param name="Unknowns">What was left out, and what went wrong.</param>
/// <param name="IsComplete">False where the registry could not be asked for all: what was known before may still hold.</param>
public sealed record AttachedDocuments(ImmutableArray<VexAttachment> Documents, ImmutableArray<Unknown> Unknowns, bool IsComplete);
