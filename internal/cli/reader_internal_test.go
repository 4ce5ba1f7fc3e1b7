package cli

import (
	"errors"
	"io"
	"os"
	"testing"
)

func TestWhatNobodyReadsIsDropped(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	reader.Close()
	s := &streams{out: writer, err: io.Discard}
	defer s.outliveReader()()
	if n, err := s.out.Write([]byte("moved")); n != len("moved") || err != nil {
		t.Errorf("wrote %d bytes, %v", n, err)
	}
}

func TestOtherTroubleWithOutputIsTold(t *testing.T) {
	file, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	s := &streams{out: file, err: io.Discard}
	defer s.outliveReader()()
	if _, err := s.out.Write([]byte("moved")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v", err)
	}
}
