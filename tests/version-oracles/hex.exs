for line <- IO.stream(:stdio, :line) do
  [left, right] = line |> String.trim() |> String.split(" ")
  IO.puts(
    case {Version.parse(left), Version.parse(right)} do
      {{:ok, a}, {:ok, b}} -> Map.get(%{lt: "<", eq: "=", gt: ">"}, Version.compare(a, b))
      _ -> "!"
    end
  )
end
