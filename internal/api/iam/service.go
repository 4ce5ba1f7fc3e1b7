package iam

import (
	"net/url"
	"strings"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
)

// Config says what the API stands on.
type Config struct {
	Accounts *account.Service // needed
	Keys     Holders          // needed
}

// Holders knows whom keys belong to. *account.Keyring is one.
type Holders interface {
	Holder(keyID, token string) (account.Holder, bool)
}

type api struct {
	accounts *account.Service
	keys     Holders
}

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{cfg.Accounts, cfg.Keys}
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	a.handleRoles(s)
	a.handlePolicies(s)
	wire.Handle(s, "GetUser", a.getUser)
	wire.Handle(s, "ListAccountAliases", a.listAliases)
	return s
}

func (a *api) handleRoles(s *wire.Service) {
	wire.Handle(s, "CreateRole", a.createRole)
	wire.Handle(s, "GetRole", a.getRole)
	wire.Handle(s, "UpdateRole", a.updateRole)
	wire.Handle(s, "UpdateRoleDescription", a.updateDescription)
	wire.Handle(s, "UpdateAssumeRolePolicy", a.updateTrust)
	wire.Handle(s, "DeleteRole", a.deleteRole)
	wire.Handle(s, "ListRoles", a.listRoles)
	wire.Handle(s, "TagRole", a.tagRole)
	wire.Handle(s, "UntagRole", a.untagRole)
	wire.Handle(s, "ListRoleTags", a.listRoleTags)
	wire.Handle(s, "PutRolePermissionsBoundary", a.putBoundary)
	wire.Handle(s, "DeleteRolePermissionsBoundary", a.deleteBoundary)
	wire.Handle(s, "PutRolePolicy", a.putRolePolicy)
	wire.Handle(s, "GetRolePolicy", a.getRolePolicy)
	wire.Handle(s, "DeleteRolePolicy", a.deleteRolePolicy)
	wire.Handle(s, "ListRolePolicies", a.listRolePolicies)
	wire.Handle(s, "AttachRolePolicy", a.attach)
	wire.Handle(s, "DetachRolePolicy", a.detach)
	wire.Handle(s, "ListAttachedRolePolicies", a.listAttached)
	wire.Handle(s, "ListInstanceProfilesForRole", a.listInstanceProfiles)
	wire.Handle(s, "CreateServiceLinkedRole", a.createLinkedRole)
	wire.Handle(s, "DeleteServiceLinkedRole", a.deleteLinkedRole)
	wire.Handle(s, "GetServiceLinkedRoleDeletionStatus", a.linkedRoleDeletion)
}

func (a *api) handlePolicies(s *wire.Service) {
	wire.Handle(s, "CreatePolicy", a.createPolicy)
	wire.Handle(s, "GetPolicy", a.getPolicy)
	wire.Handle(s, "ListPolicies", a.listPolicies)
	wire.Handle(s, "DeletePolicy", a.deletePolicy)
	wire.Handle(s, "ListEntitiesForPolicy", a.listEntities)
	wire.Handle(s, "CreatePolicyVersion", a.createVersion)
	wire.Handle(s, "GetPolicyVersion", a.getVersion)
	wire.Handle(s, "ListPolicyVersions", a.listVersions)
	wire.Handle(s, "DeletePolicyVersion", a.deleteVersion)
	wire.Handle(s, "SetDefaultPolicyVersion", a.setDefault)
	wire.Handle(s, "TagPolicy", a.tagPolicy)
	wire.Handle(s, "UntagPolicy", a.untagPolicy)
	wire.Handle(s, "ListPolicyTags", a.listPolicyTags)
}

// escaped is a policy document as IAM shows it: with all but unreserved characters percent-encoded (RFC 3986).
func escaped(document string) *string {
	return new(strings.ReplaceAll(url.QueryEscape(document), "+", "%20"))
}

func tagsOf(tags []shape.Tag) (given []account.Tag) {
	for _, t := range tags {
		given = append(given, account.Tag{Key: wire.Value(t.Key), Value: wire.Value(t.Value)})
	}
	return given
}

// tagShapes are tags as replies show them; none are no member.
func tagShapes(tags []account.Tag) (shown []shape.Tag) {
	for _, t := range tags {
		shown = append(shown, shape.Tag{Key: &t.Key, Value: &t.Value})
	}
	return shown
}

// nothing is the reply of an operation that says only whether it failed.
func nothing(err error) (*apishape.Nothing, error) { return nil, err }
