using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;

namespace OssRuntime.Kubernetes.Tests.Informers;

public sealed class StoreLawTests
{
    private static readonly Gen<Widget> AnyWidget =
        from name in OneOf("a", "b", "c", "d", "e")
        from uid in OneOf("u1", "u2")
        from version in Gen.Int[1, 4]
        from parts in OneOf("x", "y", "z").Array[0, 3]
        select new Widget
        {
            Metadata = new ObjectMeta { Namespace = "ns", Name = name, Uid = uid, ResourceVersion = $"{uid}.{version}" },
            // What an object holds is a function of its version, as it is on a server.
            Spec = new WidgetSpec { Parts = [.. parts.Append(version.ToString())] },
        };

    private static readonly Gen<Action<Store<Widget>, Dictionary<ObjectKey, Widget>>> AnyEvent = Gen.OneOf(
        AnyWidget.Select<Widget, Action<Store<Widget>, Dictionary<ObjectKey, Widget>>>(widget => (store, model) =>
        {
            store.Upsert(widget);
            Put(model, widget);
        }),
        AnyWidget.Select<Widget, Action<Store<Widget>, Dictionary<ObjectKey, Widget>>>(widget => (store, model) =>
        {
            store.Remove(widget.Key);
            model.Remove(widget.Key);
        }),
        AnyWidget.Array[0, 6].Select<Widget[], Action<Store<Widget>, Dictionary<ObjectKey, Widget>>>(list => (store, model) =>
        {
            var items = list.DistinctBy(widget => widget.Key).ToArray();
            store.Replace(items, new HashSet<ObjectKey>(), initial: false);
            foreach (var key in model.Keys.Except(items.Select(item => item.Key)).ToArray())
            {
                model.Remove(key);
            }

            foreach (var item in items)
            {
                Put(model, item);
            }
        }));

    [Fact]
    public void A_store_is_a_dictionary_and_its_changes_a_history() =>
        AnyEvent.Array[0, 40].Sample(
            events =>
            {
                var store = new Store<Widget>(NullLogger.Instance);
                var model = new Dictionary<ObjectKey, Widget>();
                var replayed = new Dictionary<ObjectKey, Widget>();
                store.Subscribe(change =>
                {
                    Assert.Equal(change.Old, replayed.GetValueOrDefault(change.Key));
                    if (change.New is null)
                    {
                        replayed.Remove(change.Key);
                    }
                    else
                    {
                        replayed[change.Key] = change.New;
                    }
                });
                foreach (var happen in events)
                {
                    happen(store, model);
                    Same(model.Values, store.Snapshot());
                    Same(model.Values, replayed.Values);
                }
            },
            iter: 1500);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Put(Dictionary<ObjectKey, Widget> model, Widget widget)
    {
        // The same version of the same object is the same object.
        if (!model.TryGetValue(widget.Key, out var known) || known.ResourceVersion != widget.ResourceVersion)
        {
            model[widget.Key] = widget;
        }
    }

    private static void Same(IEnumerable<Widget> expected, IEnumerable<Widget> actual) =>
        Assert.Equal<Widget>(expected.OrderBy(widget => widget.Key), actual.OrderBy(widget => widget.Key), ReferenceEqualityComparer.Instance);
}
