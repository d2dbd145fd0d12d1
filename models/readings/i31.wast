;; Is i31ref a plain number, usable in shared structures as it is?

(module
  (type $cell (shared (struct (field (mut (ref null i31)))))))
