# A thousand npm packages in forty thousand files.
from bench-base
install nodejs
layer 'apt-get install nodejs'
npm_application "$root/app"
layer 'npm ci'
rm -rf "$root/app/node_modules/moment" "$root/app/node_modules/sass"
echo 'console.log(1)' >"$root/app/index.js"
layer 'COPY . /app; rm -rf moment sass'
