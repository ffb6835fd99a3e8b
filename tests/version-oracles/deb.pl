# dpkg itself: 0 is yes, 1 no, anything else a version that it refuses.
use strict; use warnings;
$| = 1;
open(STDERR, '>', '/dev/null');
sub holds { system('dpkg', '--compare-versions', $_[0], $_[2], $_[1]); return $? >> 8; }
while (<STDIN>) {
    chomp; my ($left, $right) = split / /;
    my $less = holds($left, $right, 'lt');
    print $less == 0 ? "<" : $less > 1 ? "!" : holds($left, $right, 'eq') == 0 ? "=" : ">", "\n";
}
