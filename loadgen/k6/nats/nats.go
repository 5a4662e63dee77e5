// Package nats lets k6 scripts publish to NATS JetStream: import nats from "k6/x/nats".
package nats

import (
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"go.k6.io/k6/js/modules"
)

func init() {
	modules.Register("k6/x/nats", new(Module))
}

// Module shares one connection for each server among all virtual users of a k6 process.
type Module struct {
	mutex       sync.Mutex
	connections map[string]nats.JetStreamContext
}

// Receipt is what became of a message. Error is empty when the stream has it.
type Receipt struct {
	Sequence  uint64  `js:"sequence"`
	Duplicate bool    `js:"duplicate"`
	TookMs    float64 `js:"tookMs"`
	Error     string  `js:"error"`
}

// Publish sends a message with an id for the stream's deduplication window, and waits for the stream's receipt.
func (m *Module) Publish(url, subject, id, body string, timeoutMs int64) Receipt {
	stream, err := m.connect(url)
	if err != nil {
		return Receipt{Error: err.Error()}
	}
	message := nats.NewMsg(subject)
	message.Data = []byte(body)
	message.Header.Set(nats.MsgIdHdr, id)
	beganAt := time.Now()
	ack, err := stream.PublishMsg(message, nats.AckWait(time.Duration(timeoutMs)*time.Millisecond))
	took := float64(time.Since(beganAt).Microseconds()) / 1000
	if err != nil {
		return Receipt{TookMs: took, Error: err.Error()}
	}
	return Receipt{Sequence: ack.Sequence, Duplicate: ack.Duplicate, TookMs: took}
}

func (m *Module) connect(url string) (nats.JetStreamContext, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if known, ok := m.connections[url]; ok {
		return known, nil
	}
	connection, err := nats.Connect(url, nats.Name("k6"), nats.Timeout(5*time.Second))
	if err != nil {
		return nil, err
	}
	stream, err := connection.JetStream()
	if err != nil {
		connection.Close()
		return nil, err
	}
	if m.connections == nil {
		m.connections = map[string]nats.JetStreamContext{}
	}
	m.connections[url] = stream
	return stream, nil
}
