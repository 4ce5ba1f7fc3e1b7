package payload_test

import (
	"fmt"

	"sluice/internal/gateway/payload"
)

// A function may answer in parts, or with the body alone.
func ExampleReadAnswer() {
	for _, answer := range []string{
		`{"statusCode": 201, "headers": {"Content-Type": "text/html"}, "cookies": ["seen=1"], "body": "<p>made</p>"}`,
		`{"made": true}`,
		`{"statusCode": "soon"}`,
	} {
		a, err := payload.ReadAnswer([]byte(answer))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Status, a.Header, string(a.Body))
	}
	// Output:
	// 201 map[Content-Type:[text/html] Set-Cookie:[seen=1]] <p>made</p>
	// 200 map[Content-Type:[application/json]] {"made":true}
	// the function's answer is no HTTP answer: statusCode is "soon"
}
