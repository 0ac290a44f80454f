package bleve

import "syscall"

// unmap takes pages of a file out of the memory of the process, not out of its
// address space.
func unmap(pages []byte) {
	_ = syscall.Madvise(pages, syscall.MADV_DONTNEED) // no more than advice
}
