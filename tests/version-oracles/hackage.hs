import Distribution.Parsec (simpleParsec)
import Distribution.Version (Version)

-- Cabal's own versions: Data.Version, which others bring up, also reads tags that Hackage does not take any more.
main :: IO ()
main = interact (unlines . map answer . lines)

answer :: String -> String
answer line = case map simpleParsec (words line) :: [Maybe Version] of
  [Just left, Just right] -> case compare left right of { LT -> "<"; EQ -> "="; GT -> ">" }
  _ -> "!"
