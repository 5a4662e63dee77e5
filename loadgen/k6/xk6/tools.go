//go:build tools

// Package xk6 pins the builder of k6 with its checksums.
package xk6

import _ "go.k6.io/xk6/cmd/xk6"
