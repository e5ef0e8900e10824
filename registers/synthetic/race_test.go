//go:build race

package synthetic

// raceDetector says that the tests run many times slower.
const raceDetector = true
