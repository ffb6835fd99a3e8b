package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/semver"
)

func main() {
	in, out := bufio.NewScanner(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		pair := strings.SplitN(in.Text(), " ", 2)
		for i := range pair {
			if !strings.HasPrefix(pair[i], "v") {
				pair[i] = "v" + pair[i]
			}
		}
		if !semver.IsValid(pair[0]) || !semver.IsValid(pair[1]) {
			fmt.Fprintln(out, "!")
			continue
		}
		fmt.Fprintln(out, "<=>"[semver.Compare(pair[0], pair[1])+1:][:1])
	}
}
