package apigateway_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

type object = resourcetest.Object

func TestMain(m *testing.M) { resourcetest.Main(m) }
