// Writes trivy's database (trivy-db schema 2, a bbolt file) from lines of tab-separated buckets, key and JSON value.
//
//	trivy_db FILE < lines
package main

import (
	"bufio"
	"os"
	"strings"

	bolt "go.etcd.io/bbolt"
)

func main() {
	db, err := bolt.Open(os.Args[1], 0o600, &bolt.Options{NoSync: true, NoFreelistSync: true, NoGrowSync: true})
	check(err)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	for more := true; more; {
		check(db.Update(func(tx *bolt.Tx) error {
			for written := 0; written < 20000; written++ {
				if more = lines.Scan(); !more {
					return lines.Err()
				}
				fields := strings.Split(lines.Text(), "\t")
				bucket, err := tx.CreateBucketIfNotExists([]byte(fields[0]))
				check(err)
				for _, name := range fields[1 : len(fields)-2] {
					bucket, err = bucket.CreateBucketIfNotExists([]byte(name))
					check(err)
				}
				check(bucket.Put([]byte(fields[len(fields)-2]), []byte(fields[len(fields)-1])))
			}
			return nil
		}))
	}
	check(db.Close())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
