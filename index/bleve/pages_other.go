//go:build !linux

package bleve

func unmap([]byte) {}
