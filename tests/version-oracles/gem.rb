STDIN.each_line(chomp: true) do |line|
  left, right = line.split(' ').map { |text| Gem::Version.correct?(text) ? Gem::Version.new(text) : nil }
  puts(left && right ? '<=>'[(left <=> right) + 1] : '!')
end
