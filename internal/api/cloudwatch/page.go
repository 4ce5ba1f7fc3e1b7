package cloudwatch

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"

	"sluice/internal/fault"
)

// pages names a list that is given in pages. It keeps one list's token from being taken for another's.
type pages string

const (
	alarmPages     pages = "alarms"
	dashboardPages pages = "dashboards"
	dataPages      pages = "data"
	historyPages   pages = "history"
	metricPages    pages = "metrics"
)

// sum seals the text of a list's token, against mistakes and not against forgery.
func (l pages) sum(text []byte) uint32 {
	return crc32.ChecksumIEEE(append([]byte(l+"\x00"), text...))
}

// writeToken makes of the place behind a list's page the token that callers hand back and do not read.
func writeToken(list pages, place any) (*string, error) {
	text, err := json.Marshal(place)
	if err != nil {
		return nil, err
	}
	token := base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(text, list.sum(text)))
	return &token, nil
}

// readToken reads such a token into place, which stays as it is if there is none. It fails on a token of another list.
func readToken(list pages, token *string, place any) error {
	if token == nil {
		return nil
	}
	sealed, err := base64.RawURLEncoding.DecodeString(*token)
	if err != nil || len(sealed) < crc32.Size {
		return errToken(*token)
	}
	text, sum := sealed[:len(sealed)-crc32.Size], sealed[len(sealed)-crc32.Size:]
	if list.sum(text) != binary.BigEndian.Uint32(sum) || json.Unmarshal(text, place) != nil {
		return errToken(*token)
	}
	return nil
}

func errToken(token string) error {
	return fault.Errorf(fault.Invalid, "page", "The token %q is not one that this operation gave out", token)
}
