using System.Text.Json;

namespace OssRuntime.Advisories.Feeds.Csaf;

/// <summary>The product tree of a CSAF 2.0 document (section 3.2.2): products from branches and lists, and which is a part of which.</summary>
internal sealed class CsafProducts
{
    /// <summary>Parts of parts of parts; real documents have two steps.</summary>
    private const int MostSteps = 8;
    private const int MostProducts = 1_000_000;

    private readonly Dictionary<string, CsafProduct> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Part, string Whole)> _relations = new(StringComparer.Ordinal);

    /// <summary>Reads the tree of a document.</summary>
    /// <exception cref="FeedRecordException">It has more products than any real one.</exception>
    public CsafProducts(JsonElement document)
    {
        var tree = document.At("product_tree");
        foreach (var branch in tree.Items("branches"))
        {
            AddBranch(branch);
        }

        foreach (var product in tree.Items("full_product_names"))
        {
            Add(product);
        }

        foreach (var relation in tree.Items("relationships"))
        {
            if (relation.At("full_product_name").Text("product_id") is { } id
                && relation.Text("product_reference") is { } part && relation.Text("relates_to_product_reference") is { } whole)
            {
                _relations[id] = (part, whole);
                Add(relation.At("full_product_name"));
            }
        }
    }

    /// <summary>What a product id stands for; null where the tree does not have it.</summary>
    public CsafPart? Find(string id)
    {
        if (!_relations.TryGetValue(id, out var relation))
        {
            return _products.TryGetValue(id, out var single) ? new CsafPart(single, [], Platform: null) : null;
        }

        var between = new List<CsafProduct>();
        for (var step = 0; step < MostSteps && _relations.TryGetValue(relation.Whole, out var outer); step++)
        {
            if (_products.TryGetValue(outer.Part, out var middle))
            {
                between.Add(middle);
            }

            relation = relation with { Whole = outer.Whole };
        }

        return _products.TryGetValue(relation.Part, out var component)
            ? new CsafPart(component, between, _products.GetValueOrDefault(relation.Whole))
            : null;
    }

    /// <summary>Branches nest as deep as the JSON may.</summary>
    private void AddBranch(JsonElement branch)
    {
        Add(branch.At("product"));
        foreach (var inner in branch.Items("branches"))
        {
            AddBranch(inner);
        }
    }

    private void Add(JsonElement product)
    {
        if (product.Text("product_id") is not { } id)
        {
            return;
        }

        var helper = product.At("product_identification_helper");
        _products[id] = new CsafProduct(id, product.Text("name"), helper.Text("purl") ?? helper.Texts("purls").FirstOrDefault(), helper.Text("cpe"));
        if (_products.Count > MostProducts)
        {
            throw new FeedRecordException($"more than {MostProducts} products in one document");
        }
    }
}
