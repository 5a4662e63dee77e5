module seatrial.dev/xk6

go 1.24

require go.k6.io/xk6 v0.13.2

require github.com/Masterminds/semver/v3 v3.1.1 // indirect
