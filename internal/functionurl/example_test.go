package functionurl_test

import (
	"fmt"

	"sluice/internal/functionurl"
)

// A page of one origin may send JSON to the URL. The browser asks first, and compares the answer with what the page wants to
// send; pages of other origins get no answer at all.
func ExampleCORS_Preflight() {
	cors := &functionurl.CORS{
		Origins: []string{"https://shop.example"}, Methods: []string{"POST"}, Headers: []string{"*"}, MaxAge: new(600),
	}
	for _, header := range cors.Preflight("https://shop.example", "POST", "content-type") {
		fmt.Printf("%s: %s\n", header.Name, header.Value)
	}
	fmt.Println(len(cors.Preflight("https://other.example", "POST", "content-type")), "headers for another")
	// Output:
	// Access-Control-Allow-Origin: https://shop.example
	// Vary: Origin
	// Access-Control-Allow-Methods: POST
	// Access-Control-Allow-Headers: content-type
	// Access-Control-Max-Age: 600
	// 0 headers for another
}

// With credentials an origin has to be named, even where any is allowed: browsers refuse * then.
func ExampleCORS_Answer() {
	for _, cors := range []*functionurl.CORS{
		{Origins: []string{"*"}},
		{Origins: []string{"*"}, Credentials: new(true)},
	} {
		fmt.Println(cors.Answer("https://shop.example"))
	}
	// Output:
	// [{Access-Control-Allow-Origin *}]
	// [{Access-Control-Allow-Origin https://shop.example} {Vary Origin} {Access-Control-Allow-Credentials true}]
}
