package async

// appointment is when an event is to be put into its function's queue.
type appointment struct {
	at     int64 // nanoseconds since 1970
	number int64
	queue  *queue
}

// agenda is a heap of appointments, the earliest first. It implements heap.Interface.
type agenda []appointment

func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].at < a[j].at }
func (a agenda) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)        { *a = append(*a, x.(appointment)) }

func (a *agenda) Pop() any {
	last := len(*a) - 1
	popped := (*a)[last]
	(*a)[last] = appointment{}
	*a = (*a)[:last]
	return popped
}
