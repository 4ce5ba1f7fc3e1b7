package bucket

import (
	"context"
	"crypto/md5" // what S3 makes ETags of
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"sluice/internal/fault"
)

// Completion asks to make an object of an upload's parts.
type Completion struct {
	Place
	Key       string
	Upload    string
	Parts     []Named // in the order of their numbers
	Condition Condition
	// Verify, if it is set, is told of the object before it is recorded. Its error becomes the call's.
	Verify func(*Object) error
}

// Named is a part as a completion names it.
type Named struct {
	Number   int
	ETag     string    // with or without quotes
	Checksum *Checksum // what the client takes it for; nil if it says nothing
}

// Complete makes an object of an upload's parts and returns it once that is on disk. Parts that are not named are dropped.
// Who completes an upload again, not knowing that it succeeded, gets the same object.
// Errors: Find's; fault.NotFound "upload"; fault.Invalid "part", "part order" or *TooSmall; Condition's.
func (s *Service) Complete(ctx context.Context, c Completion) (*Object, error) {
	o, err := s.assemble(ctx, c)
	if fault.Is(err, fault.NotFound, "upload") { // it may have become the object, maybe just now
		return s.completed(ctx, c, err)
	}
	return o, err
}

func (s *Service) assemble(ctx context.Context, c Completion) (*Object, error) {
	u, stored, err := s.Parts(ctx, c.Place, c.Key, c.Upload, 0, 0)
	if err != nil {
		return nil, err
	}
	parts, err := choose(c.Parts, stored)
	if err != nil {
		return nil, err
	}
	o := assembled(u, parts)
	if o.Checksum, err = s.checksumOf(ctx, u, o, parts); err != nil {
		return nil, err
	}
	if c.Verify != nil {
		if err := c.Verify(o); err != nil {
			return nil, err
		}
	}
	return o, s.finish(ctx, c, o, parts)
}

// finish records the object in place of the upload, unless a part was replaced since it was looked at.
func (s *Service) finish(ctx context.Context, c Completion, o *Object, parts []*Part) error {
	return s.change(ctx, c.Place, func(tx Tx, b *Bucket) error {
		if _, err := uploadOf(tx, b, c.Key, c.Upload); err != nil {
			return err
		}
		stored, err := tx.Parts(c.Upload, 0, 0)
		if err != nil {
			return err
		}
		if again, err := choose(c.Parts, stored); err != nil || !same(again, parts) {
			return errPart(0)
		}
		at := now()
		if err := add(tx, b, o, c.Condition, at); err != nil {
			return err
		}
		return tx.DeleteUpload(b.Name, c.Key, c.Upload, at)
	})
}

func same(x, y []*Part) bool {
	for i := range x {
		if x[i].Piece != y[i].Piece {
			return false
		}
	}
	return len(x) == len(y)
}

// completed returns the object that an upload has become, or the error that there is no such upload.
func (s *Service) completed(ctx context.Context, c Completion, missing error) (*Object, error) {
	o, err := s.Head(ctx, c.Place, c.Key, "")
	if err != nil || o.Uploaded != c.Upload {
		return nil, missing
	}
	return o, nil
}

// choose returns the parts that a completion names.
func choose(named []Named, stored []*Part) ([]*Part, error) {
	if len(named) == 0 {
		return nil, fault.Errorf(fault.Invalid, "parts", "You must specify at least one part")
	}
	byNumber := make(map[int]*Part, len(stored))
	for _, p := range stored {
		byNumber[p.Number] = p
	}
	var parts []*Part
	for i, n := range named {
		if i > 0 && n.Number <= named[i-1].Number {
			return nil, fault.Errorf(fault.Invalid, "part order",
				"The list of parts was not in ascending order. Parts must be ordered by part number.")
		}
		p := byNumber[n.Number]
		if p == nil || p.ETag != strings.Trim(n.ETag, `"`) || n.Checksum != nil && n.Checksum.Value != p.Checksum.Value {
			return nil, errPart(n.Number)
		}
		parts = append(parts, p)
	}
	for _, p := range parts[:len(parts)-1] {
		if p.Size < MinPartSize {
			return nil, &TooSmall{Part: *p}
		}
	}
	return parts, nil
}

func errPart(number int) error {
	return &Unfit{Number: number}
}

// Unfit is the error of a part that a completion names and that is not there, or is another.
type Unfit struct{ Number int }

// Error is S3's text.
func (*Unfit) Error() string {
	return "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
}

// Unwrap says what kind of failure it is.
func (u *Unfit) Unwrap() error {
	return &fault.Error{Kind: fault.Invalid, Noun: "part", Message: u.Error()}
}

// TooSmall is the error of a part that is below MinPartSize and not the last.
type TooSmall struct{ Part Part }

// Error is S3's text.
func (*TooSmall) Error() string {
	return "Your proposed upload is smaller than the minimum allowed size"
}

// Unwrap says what kind of failure it is.
func (t *TooSmall) Unwrap() error {
	return &fault.Error{Kind: fault.Invalid, Noun: "part size", Message: t.Error()}
}

// assembled returns the object of parts. Its ETag is S3's: the MD5 of the parts' MD5s, and their number.
func assembled(u *Upload, parts []*Part) *Object {
	o := &Object{Key: u.Key, Uploaded: u.ID, Labels: u.Labels}
	sum := md5.New()
	for _, p := range parts {
		part, _ := hex.DecodeString(p.ETag) // written by us
		sum.Write(part)
		o.Size += p.Size
		o.Pieces = append(o.Pieces, p.Piece)
	}
	o.ETag = fmt.Sprintf("%s-%d", hex.EncodeToString(sum.Sum(nil)), len(parts))
	return o
}

// checksumOf returns the checksum of an assembled object: over its parts' or, if the upload asks for that, over its whole
// content, which is read for it.
func (s *Service) checksumOf(ctx context.Context, u *Upload, o *Object, parts []*Part) (Checksum, error) {
	if u.Algorithm == "" {
		return Checksum{}, nil
	}
	if !u.Whole {
		return composite(u.Algorithm, parts)
	}
	content, err := s.open(ctx, o.Pieces)
	if err != nil {
		return Checksum{}, err
	}
	defer func() { _ = content.Close() }()
	h := u.Algorithm.new()
	if _, err := io.Copy(h, content.Section(0, content.Size())); err != nil {
		return Checksum{}, err
	}
	return Checksum{Algorithm: u.Algorithm, Value: base64.StdEncoding.EncodeToString(h.Sum(nil))}, nil
}
