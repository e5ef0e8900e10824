//go:build !race

package synthetic

// raceDetector says that the tests run at full speed.
const raceDetector = false
