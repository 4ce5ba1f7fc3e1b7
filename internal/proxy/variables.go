package proxy

import "path/filepath"

// direct are the hosts that programs are to reach without the proxy: this machine's.
const direct = "localhost,127.0.0.1,::1,.localhost"

// Variables returns the environment variables, name and value, that lead a program's HTTPS requests to the proxy at url and
// make it trust the authority in folder. HTTP requests need no proxy. Programs differ in the names that they read: Python's
// requests, curl, OpenSSL and Go, Node.js and the AWS SDKs have one each.
func Variables(folder, url string) [][2]string {
	bundle := filepath.Join(folder, bundleFile)
	return [][2]string{
		{"HTTPS_PROXY", url}, {"https_proxy", url},
		{"NO_PROXY", direct}, {"no_proxy", direct},
		{"AWS_CA_BUNDLE", bundle}, {"REQUESTS_CA_BUNDLE", bundle}, {"SSL_CERT_FILE", bundle}, {"CURL_CA_BUNDLE", bundle},
		{"NODE_EXTRA_CA_CERTS", filepath.Join(folder, certificateFile)},
		{"NODE_USE_ENV_PROXY", "1"}, // without it Node.js heeds none of the variables above
	}
}

// Files are those of folder that a program needs to trust the authority. Its key is not among them.
func Files(folder string) []string {
	return []string{filepath.Join(folder, bundleFile), filepath.Join(folder, certificateFile)}
}
