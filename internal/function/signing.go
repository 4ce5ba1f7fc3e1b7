package function

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// SigningEnforced is SigningConfig.Policy of functions that take signed packages alone.
const SigningEnforced = "Enforce"

// SigningConfig says whose signatures functions ask of their packages. Sluice checks no signature: a package counts as
// unsigned, so that a function whose configuration enforces one takes no code.
type SigningConfig struct {
	Scope       Scope
	ID          string // csc- and 17 letters and digits
	Description string
	Publishers  []string // ARNs of signing profiles
	Policy      string   // Warn or SigningEnforced
	Modified    time.Time
}

// ARN returns the configuration's name in requests.
func (c *SigningConfig) ARN() string {
	return "arn:aws:lambda:" + c.Scope.Region + ":" + c.Scope.Account + ":code-signing-config:" + c.ID
}

// SigningChange asks for a new code signing configuration or for a change of one. Nil fields keep what is there.
type SigningChange struct {
	Description *string
	Publishers  []string
	Policy      *string
}

func (c *SigningConfig) alter(change SigningChange) {
	if change.Description != nil {
		c.Description = *change.Description
	}
	if change.Publishers != nil {
		c.Publishers = slices.Clone(change.Publishers)
	}
	if change.Policy != nil {
		c.Policy = *change.Policy
	}
	c.Modified = now()
}

// CreateSigningConfig makes a code signing configuration. It warns unless it was asked to enforce.
// Errors: those of the store alone.
func (s *Service) CreateSigningConfig(ctx context.Context, scope Scope, change SigningChange) (*SigningConfig, error) {
	c := &SigningConfig{Scope: scope, ID: newSigningID(), Policy: "Warn"}
	c.alter(change)
	return c, s.store.WriteFunctions(ctx, func(tx Tx) error { return tx.PutSigningConfig(c) })
}

func newSigningID() string {
	var random [9]byte
	_, _ = rand.Read(random[:]) // it never fails
	return "csc-" + hex.EncodeToString(random[:])[:17]
}

// UpdateSigningConfig changes a code signing configuration.
// Errors: fault.NotFound "signing config".
func (s *Service) UpdateSigningConfig(ctx context.Context, scope Scope, arn string, change SigningChange) (c *SigningConfig, err error) {
	err = s.store.WriteFunctions(ctx, func(tx Tx) error {
		if c, err = signingConfig(tx, scope, arn); err != nil {
			return err
		}
		c.alter(change)
		return tx.PutSigningConfig(c)
	})
	return c, err
}

// SigningConfig returns a code signing configuration.
// Errors: fault.NotFound "signing config".
func (s *Service) SigningConfig(ctx context.Context, scope Scope, arn string) (c *SigningConfig, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		c, err = signingConfig(r, scope, arn)
		return err
	})
	return c, err
}

// SigningConfigs lists code signing configurations by ID, and says whether there are more behind the last.
func (s *Service) SigningConfigs(ctx context.Context, scope Scope, page Page) (found []*SigningConfig, further bool, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		found, err = r.SigningConfigs(scope, page.After.Name, more(page.Limit))
		return err
	})
	if page.Limit > 0 && len(found) > page.Limit {
		found, further = found[:page.Limit], true
	}
	return found, further, err
}

// DeleteSigningConfig deletes a code signing configuration that no function has.
// Errors: fault.NotFound "signing config"; fault.Conflict "signing config".
func (s *Service) DeleteSigningConfig(ctx context.Context, scope Scope, arn string) error {
	return s.store.WriteFunctions(ctx, func(tx Tx) error {
		c, err := signingConfig(tx, scope, arn)
		if err != nil {
			return err
		}
		users, err := signedBy(tx, c)
		if err != nil {
			return err
		}
		if len(users) > 0 {
			return fault.Errorf(fault.Conflict, "signing config",
				"The code signing configuration %s cannot be deleted: %s and perhaps others have it.", arn, users[0].Name)
		}
		return tx.DeleteSigningConfig(scope, c.ID)
	})
}

// SignedBy returns the functions that have a code signing configuration, by name.
// Errors: fault.NotFound "signing config".
func (s *Service) SignedBy(ctx context.Context, scope Scope, arn string) (users []ID, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		c, err := signingConfig(r, scope, arn)
		if err != nil {
			return err
		}
		users, err = signedBy(r, c)
		return err
	})
	return users, err
}

func signedBy(r Reader, c *SigningConfig) (users []ID, err error) {
	all, err := r.Functions(c.Scope, "", 0)
	for _, f := range all {
		if f.CodeSigning == c.ARN() {
			users = append(users, f.ID)
		}
	}
	return users, err
}

func signingConfig(r Reader, scope Scope, arn string) (*SigningConfig, error) {
	c, err := r.SigningConfig(scope, arn[strings.LastIndexByte(arn, ':')+1:])
	if fault.Is(err, fault.NotFound, "") || err == nil && c.ARN() != arn {
		return nil, fault.Errorf(fault.NotFound, "signing config", "The Lambda code signing configuration %s can not be found.", arn)
	}
	return c, err
}
