<?php
require 'Composer/Semver/autoload.php';
$parser = new Composer\Semver\VersionParser();
while (($line = fgets(STDIN)) !== false) {
    [$left, $right] = explode(' ', rtrim($line, "\n"));
    try {
        [$left, $right] = [$parser->normalize($left), $parser->normalize($right)];
        echo Composer\Semver\Comparator::lessThan($left, $right) ? '<' : (Composer\Semver\Comparator::greaterThan($left, $right) ? '>' : '='), "\n";
    } catch (UnexpectedValueException) {
        echo "!\n";
    }
}
